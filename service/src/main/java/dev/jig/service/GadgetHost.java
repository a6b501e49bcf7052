// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Operator;
import dev.jig.gadget.Param;
import java.util.List;
import java.util.Map;

/** Where gadgets are run: what the service needs of the machine that it is on. Used by many threads. */
public interface GadgetHost {
    /**
     * Makes a run with all operators of this machine; nothing is done yet.
     *
     * @param forwarder one more operator
     */
    GadgetRun newRun(GadgetContext context, Operator forwarder);

    /**
     * What an image holds, by keys such as {@code ebpf.maps}.
     *
     * @throws dev.jig.gadget.GadgetException when there is no such image
     */
    Map<String, Extra> inspect(String image);

    /** Settings that hold for all runs here; clients have no say in them. */
    List<Param> globalParams();

    /** Version of the program, without a letter before it. */
    String version();

    /**
     * One fact of an image.
     *
     * @param content its text
     * @param contentType of the text
     */
    record Extra(String content, String contentType) {}
}
