// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import com.google.protobuf.ByteString;
import dev.jig.datasource.DataSource;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.ImageFacts;
import dev.jig.wire.Api;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Descriptions of gadgets for clients. */
final class GadgetInfos {
    private GadgetInfos() {}

    /** The referenced data sources by name, the order in which they are described and numbered. */
    static List<DataSource> sources(GadgetContext context) {
        List<DataSource> sources = new ArrayList<>(context.dataSources());
        sources.sort(Comparator.comparing(DataSource::name));
        return sources;
    }

    /** What a running gadget says first: its data sources are numbered. */
    static Api.GadgetInfo.Builder ofRun(GadgetContext context, List<DataSource> sources) {
        Api.GadgetInfo.Builder info = start(context);
        for (int i = 0; i < sources.size(); i++) {
            info.addDataSources(WireSources.toWire(sources.get(i), i));
        }
        return info;
    }

    /** What is answered when somebody asks about a gadget: with its params. */
    static Api.GadgetInfo.Builder ofPrepared(GadgetContext context) {
        Api.GadgetInfo.Builder info = start(context);
        for (DataSource source : sources(context)) {
            info.addDataSources(WireSources.toWire(source, 0));
        }
        context.params().forEach(param -> info.addParams(WireParams.toWire(param)));
        return info;
    }

    private static Api.GadgetInfo.Builder start(GadgetContext context) {
        Api.GadgetInfo.Builder info = Api.GadgetInfo.newBuilder().setImageName(context.imageName());
        context.find(ImageFacts.KEY).ifPresent(facts -> info.setMetadata(ByteString.copyFromUtf8(facts.metadata())));
        return info;
    }
}
