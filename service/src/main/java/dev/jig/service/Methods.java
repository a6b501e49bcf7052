// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import com.google.protobuf.MessageLite;
import dev.jig.wire.Api;
import dev.jig.wire.HealthApi;
import dev.jig.wire.JigApi;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.protobuf.lite.ProtoLiteUtils;

/** The methods of the API. Events are left as bytes: what carries many of them a second is written and read by hand. */
final class Methods {
    static final String BUILT_IN = "api.BuiltInGadgetManager";
    static final String GADGETS = "api.GadgetManager";
    static final String INSTANCES = "api.GadgetInstanceManager";
    static final String HEALTH = "grpc.health.v1.Health";

    /** Version of the protocols of runs and of gadget information. */
    static final int VERSION = 1;

    /** Bit of a request for gadget information: its name is that of an instance. */
    static final int FLAG_INSTANCE = 1;

    /** Asks for events in batches, and promises them; see {@link EventBatch}. */
    static final Metadata.Key<String> BATCH = Metadata.Key.of("jig-batch", Metadata.ASCII_STRING_MARSHALLER);

    /** Asks for {@link JigApi.InstanceStatistics} beside an instance. */
    static final Metadata.Key<String> ASK_STATISTICS =
            Metadata.Key.of("jig-statistics", Metadata.ASCII_STRING_MARSHALLER);

    /** The answer to that. */
    static final Metadata.Key<byte[]> STATISTICS =
            Metadata.Key.of("jig-statistics" + Metadata.BINARY_HEADER_SUFFIX, Metadata.BINARY_BYTE_MARSHALLER);

    /** Longest message in either direction. An array of ten thousands of records is one message. */
    static final int LARGEST_MESSAGE = 64 << 20;

    /** Longest request; nothing that a client has to say is longer. */
    static final int LARGEST_REQUEST = 4 << 20;

    static final MethodDescriptor<Api.InfoRequest, Api.InfoResponse> GET_INFO =
            unary(BUILT_IN, "GetInfo", Api.InfoRequest.getDefaultInstance(), Api.InfoResponse.getDefaultInstance());

    static final MethodDescriptor<Api.GetGadgetInfoRequest, Api.GetGadgetInfoResponse> GET_GADGET_INFO = unary(
            GADGETS,
            "GetGadgetInfo",
            Api.GetGadgetInfoRequest.getDefaultInstance(),
            Api.GetGadgetInfoResponse.getDefaultInstance());

    static final MethodDescriptor<Api.GadgetControlRequest, byte[]> RUN_GADGET =
            MethodDescriptor.<Api.GadgetControlRequest, byte[]>newBuilder()
                    .setType(MethodType.BIDI_STREAMING)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(GADGETS, "RunGadget"))
                    .setRequestMarshaller(ProtoLiteUtils.marshaller(Api.GadgetControlRequest.getDefaultInstance()))
                    .setResponseMarshaller(new BytesMarshaller())
                    .build();

    static final MethodDescriptor<Api.CreateGadgetInstanceRequest, Api.CreateGadgetInstanceResponse> CREATE = unary(
            INSTANCES,
            "CreateGadgetInstance",
            Api.CreateGadgetInstanceRequest.getDefaultInstance(),
            Api.CreateGadgetInstanceResponse.getDefaultInstance());

    static final MethodDescriptor<Api.ListGadgetInstancesRequest, Api.ListGadgetInstanceResponse> LIST = unary(
            INSTANCES,
            "ListGadgetInstances",
            Api.ListGadgetInstancesRequest.getDefaultInstance(),
            Api.ListGadgetInstanceResponse.getDefaultInstance());

    static final MethodDescriptor<Api.GadgetInstanceId, Api.GadgetInstance> GET = unary(
            INSTANCES,
            "GetGadgetInstance",
            Api.GadgetInstanceId.getDefaultInstance(),
            Api.GadgetInstance.getDefaultInstance());

    static final MethodDescriptor<Api.GadgetInstanceId, Api.StatusResponse> REMOVE = unary(
            INSTANCES,
            "RemoveGadgetInstance",
            Api.GadgetInstanceId.getDefaultInstance(),
            Api.StatusResponse.getDefaultInstance());

    static final MethodDescriptor<HealthApi.HealthCheckRequest, HealthApi.HealthCheckResponse> CHECK = unary(
            HEALTH,
            "Check",
            HealthApi.HealthCheckRequest.getDefaultInstance(),
            HealthApi.HealthCheckResponse.getDefaultInstance());

    private Methods() {}

    private static <Q extends MessageLite, A extends MessageLite> MethodDescriptor<Q, A> unary(
            String service, String method, Q request, A answer) {
        return MethodDescriptor.<Q, A>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(service, method))
                .setRequestMarshaller(ProtoLiteUtils.marshaller(request))
                .setResponseMarshaller(ProtoLiteUtils.marshaller(answer))
                .build();
    }
}
