// SPDX-License-Identifier: Apache-2.0
package dev.jig.cli;

import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Operator;
import dev.jig.gadget.Param;
import dev.jig.gadget.ProcessConfiguration;
import dev.jig.image.GadgetImage;
import dev.jig.image.ImageName;
import dev.jig.inspect.Analysis;
import dev.jig.inspect.ImageInspection;
import dev.jig.recording.ServerRecordOperator;
import dev.jig.runtime.LocalOperators;
import dev.jig.runtime.Locations;
import dev.jig.service.GadgetHost;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** This machine, for the daemon. All runs share the operators, and with them what these know of the kernel. */
final class LocalGadgetHost implements GadgetHost {
    private final Locations locations;
    private final List<Operator> operators;
    private final ProcessConfiguration configuration;

    LocalGadgetHost(Locations locations) {
        this(locations, LocalOperators.with(locations, new ServerRecordOperator()), ProcessConfiguration.NONE);
    }

    private LocalGadgetHost(Locations locations, List<Operator> operators, ProcessConfiguration configuration) {
        this.locations = locations;
        this.operators = operators;
        this.configuration = configuration;
    }

    /** The same with a configuration file. */
    LocalGadgetHost with(ProcessConfiguration file) {
        return new LocalGadgetHost(locations, operators, file);
    }

    @Override
    public GadgetRun newRun(GadgetContext context, Operator forwarder) {
        context.put(ProcessConfiguration.KEY, configuration);
        List<Operator> all = new ArrayList<>(operators);
        all.add(forwarder);
        return new GadgetRun(context, all);
    }

    @Override
    public List<Param> globalParams() {
        List<Param> params = new ArrayList<>();
        operators.forEach(operator -> params.addAll(operator.globalParams()));
        return params;
    }

    @Override
    public Map<String, Extra> inspect(String image) {
        Map<String, Extra> extras = new LinkedHashMap<>();
        GadgetImage opened = locations.source().open(ImageName.parse(image), false);
        ImageInspection inspection = ImageInspection.of(opened, image, Analysis.LEGACY);
        for (String key : inspection.listedKeys()) {
            inspection.find(key).ifPresent(entry -> extras.put(key, new Extra(entry.content(), entry.contentType())));
        }
        return extras;
    }

    @Override
    public String version() {
        return VersionCommand.VERSION.substring(1);
    }
}
