// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.jig.gadget.GadgetContext;
import dev.jig.gadget.GadgetException;
import dev.jig.gadget.GadgetRun;
import dev.jig.gadget.Log;
import dev.jig.wire.Api;

/** Tells about gadgets without running them. */
final class GadgetInformation {
    private static final long PATIENCE_MILLIS = 30_000;

    private final RunRequests requests;
    private final InstanceManager instances;
    private final ServiceCounters counters;

    GadgetInformation(RunRequests requests, InstanceManager instances, ServiceCounters counters) {
        this.requests = requests;
        this.instances = instances;
        this.counters = counters;
    }

    Api.GetGadgetInfoResponse answer(Api.GetGadgetInfoRequest request) {
        RunRequests.requireVersion(request.getVersion());
        counters.asked(request.getImageName());
        Api.GadgetInfo info = (request.getFlags() & Methods.FLAG_INSTANCE) != 0
                ? ofInstance(request.getImageName())
                : ofImage(request);
        return Api.GetGadgetInfoResponse.newBuilder().setGadgetInfo(info).build();
    }

    private Api.GadgetInfo ofInstance(String name) {
        Instance instance =
                instances.find(name).orElseThrow(() -> new ServiceException("instance " + name + " not found"));
        try {
            return Api.GadgetInfo.parseFrom(instance.awaitInfo(PATIENCE_MILLIS).payload());
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("what was written cannot be read", impossible);
        }
    }

    private Api.GadgetInfo ofImage(Api.GetGadgetInfoRequest request) {
        GadgetContext context = requests.context(request.getImageName(), request.getParamValuesMap(), Log.NONE);
        try (GadgetRun run = requests.host().newRun(context, new Forwarder(new NoSink(), "", ""))) {
            run.prepare();
            Api.GadgetInfo.Builder info = GadgetInfos.ofPrepared(context);
            if (request.getRequestExtraInfo()) {
                info.setExtraInfo(extra(request.getImageName()));
            }
            return info.build();
        } catch (GadgetException wrong) {
            throw new ServiceException("getting gadget info: " + wrong.getMessage(), wrong);
        }
    }

    private Api.ExtraInfo extra(String image) {
        Api.ExtraInfo.Builder extra = Api.ExtraInfo.newBuilder();
        requests.host()
                .inspect(image)
                .forEach((key, fact) -> extra.putData(
                        key,
                        Api.GadgetInspectAddendum.newBuilder()
                                .setContentType(fact.contentType())
                                .setContent(ByteString.copyFromUtf8(fact.content()))
                                .build()));
        return extra.build();
    }

    /** Nobody runs, so nothing is told. */
    private static final class NoSink implements EventSink {
        @Override
        public void accept(Event event) {}

        @Override
        public void flush() {}
    }
}
