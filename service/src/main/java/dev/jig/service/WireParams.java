// SPDX-License-Identifier: Apache-2.0
package dev.jig.service;

import dev.jig.gadget.Param;
import dev.jig.gadget.ParamType;
import dev.jig.wire.Api;

/** Params on the wire. */
final class WireParams {
    private WireParams() {}

    static Api.Param toWire(Param param) {
        return Api.Param.newBuilder()
                .setKey(param.key())
                .setDescription(param.description())
                .setDefaultValue(param.defaultValue())
                .setTypeHint(param.type().hint())
                .setTitle(param.title())
                .setAlias(param.alias())
                .addAllTags(param.tags())
                .addAllPossibleValues(param.possibleValues())
                .setIsMandatory(param.mandatory())
                .setPrefix(param.prefix())
                .setAlternativeKey(param.alternativeKey())
                .build();
    }

    static Param fromWire(Api.Param wire) {
        return new Param(
                wire.getPrefix(),
                wire.getKey(),
                ParamType.ofHint(wire.getTypeHint()),
                wire.getDefaultValue(),
                wire.getDescription(),
                wire.getTitle(),
                wire.getAlias(),
                wire.getAlternativeKey(),
                wire.getTagsList(),
                wire.getPossibleValuesList(),
                wire.getIsMandatory());
    }
}
