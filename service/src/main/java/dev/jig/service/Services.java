// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.wire.Api;
import dev.jig.wire.HealthApi;
import io.grpc.Metadata;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import java.util.List;
import java.util.Set;

/** The API as gRPC knows it: which method is answered by whom. */
final class Services {
    private static final Set<String> KNOWN =
            Set.of("", Methods.BUILT_IN, Methods.GADGETS, Methods.INSTANCES, Methods.HEALTH);

    private Services() {}

    static List<ServerServiceDefinition> of(
            GadgetHost host, GadgetInformation information, ClientRuns runs, InstanceManager instances) {
        return List.of(
                ServerServiceDefinition.builder(Methods.BUILT_IN)
                        .addMethod(Methods.GET_INFO, UnaryHandler.of(ignored -> info(host)))
                        .build(),
                ServerServiceDefinition.builder(Methods.GADGETS)
                        .addMethod(Methods.GET_GADGET_INFO, UnaryHandler.of(information::answer))
                        .addMethod(Methods.RUN_GADGET, new RunHandler(runs, instances))
                        .build(),
                ServerServiceDefinition.builder(Methods.INSTANCES)
                        .addMethod(Methods.CREATE, UnaryHandler.of(request -> create(instances, request)))
                        .addMethod(Methods.LIST, UnaryHandler.of(ignored -> list(instances)))
                        .addMethod(
                                Methods.GET,
                                new UnaryHandler<>((request, asked, told) -> get(instances, request, asked, told)))
                        .addMethod(Methods.REMOVE, UnaryHandler.of(request -> remove(instances, request)))
                        .build(),
                ServerServiceDefinition.builder(Methods.HEALTH)
                        .addMethod(Methods.CHECK, UnaryHandler.of(Services::health))
                        .build());
    }

    private static Api.InfoResponse info(GadgetHost host) {
        return Api.InfoResponse.newBuilder()
                .setVersion("1.0")
                .setServerVersion(host.version())
                .build();
    }

    private static Api.CreateGadgetInstanceResponse create(
            InstanceManager instances, Api.CreateGadgetInstanceRequest request) {
        return Api.CreateGadgetInstanceResponse.newBuilder()
                .setGadgetInstance(instances.create(request))
                .build();
    }

    private static Api.ListGadgetInstanceResponse list(InstanceManager instances) {
        return Api.ListGadgetInstanceResponse.newBuilder()
                .addAllGadgetInstances(instances.list())
                .build();
    }

    private static String requireId(Api.GadgetInstanceId request) {
        if (!InstanceNames.isId(request.getId())) {
            throw new ServiceException("invalid gadget instance id: " + request.getId());
        }
        return request.getId();
    }

    private static Api.GadgetInstance get(
            InstanceManager instances, Api.GadgetInstanceId request, Metadata asked, Metadata told) {
        String id = requireId(request);
        try {
            Instance instance = instances.require(id);
            if (asked.containsKey(Methods.ASK_STATISTICS)) {
                told.put(Methods.STATISTICS, instance.statistics().toByteArray());
            }
            return instance.toWire();
        } catch (ServiceException unknown) {
            throw new ServiceException(
                    "getting gadget instance from store: gadget instance not found: \"" + id + "\"", unknown);
        }
    }

    /** Failures are answers here, as upstream has it. */
    private static Api.StatusResponse remove(InstanceManager instances, Api.GadgetInstanceId request) {
        String id = requireId(request);
        try {
            instances.remove(id);
            return Api.StatusResponse.getDefaultInstance();
        } catch (ServiceException failed) {
            return Api.StatusResponse.newBuilder()
                    .setResult(1)
                    .setMessage(Failures.text(failed))
                    .build();
        }
    }

    private static HealthApi.HealthCheckResponse health(HealthApi.HealthCheckRequest request) {
        if (!KNOWN.contains(request.getService())) {
            throw Status.NOT_FOUND
                    .withDescription("unknown service " + request.getService())
                    .asRuntimeException();
        }
        return HealthApi.HealthCheckResponse.newBuilder()
                .setStatus(HealthApi.HealthCheckResponse.ServingStatus.SERVING)
                .build();
    }
}
