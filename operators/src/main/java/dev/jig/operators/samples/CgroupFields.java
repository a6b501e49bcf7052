// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.samples;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Kind;
import dev.jig.datasource.NewField;
import dev.jig.datasource.Record;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fields of the data source of control groups. */
record CgroupFields(
        FieldWriter path,
        FieldWriter periods,
        FieldWriter throttled,
        FieldWriter throttledTime,
        FieldWriter ratio,
        FieldWriter quota,
        FieldWriter period,
        FieldWriter cores,
        FieldWriter pressure10,
        FieldWriter pressure60,
        FieldWriter mountNamespace) {
    private static final int PERCENT = 100;

    static CgroupFields add(DataSource source) {
        return new CgroupFields(
                writer(
                        source,
                        NewField.of("cgroupPath", Kind.STRING)
                                .withAnnotations(Map.of("columns.maxwidth", "60", "columns.ellipsis", "start"))),
                number(source, "nrPeriods", 10),
                number(source, "nrThrottled", 12),
                duration(source, "throttledTime_raw", right(14)),
                fraction(source, "throttleRatio"),
                duration(source, "cpuQuota_raw", right(10)),
                duration(source, "cpuPeriod_raw", hiddenRight()),
                fraction(source, "cpuLimitCores"),
                fraction(source, "psiSomeAvg10"),
                fraction(source, "psiSomeAvg60"),
                writer(
                        source,
                        NewField.of("mountnsid", Kind.UINT64)
                                .withTags("type:gadget_mntns_id")
                                .withAnnotations(Map.of("template", "mntns_id"))));
    }

    private static Map<String, String> right(int maxWidth) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("columns.alignment", "right");
        annotations.put("columns.maxwidth", String.valueOf(maxWidth));
        return annotations;
    }

    private static Map<String, String> hiddenRight() {
        Map<String, String> annotations = right(10);
        annotations.put("columns.hidden", "true");
        return annotations;
    }

    private static FieldWriter writer(DataSource source, NewField field) {
        return source.addField(field).asWriter();
    }

    private static FieldWriter number(DataSource source, String name, int maxWidth) {
        return writer(source, NewField.of(name, Kind.UINT64).withAnnotations(right(maxWidth)));
    }

    private static FieldWriter duration(DataSource source, String name, Map<String, String> annotations) {
        return writer(
                source,
                NewField.of(name, Kind.UINT64).withTags("type:gadget_duration").withAnnotations(annotations));
    }

    private static FieldWriter fraction(DataSource source, String name) {
        Map<String, String> annotations = right(8);
        annotations.put("columns.precision", "2");
        return writer(source, NewField.of(name, Kind.FLOAT64).withAnnotations(annotations));
    }

    /**
     * @param before what was seen at the last look
     */
    void fill(Record record, String cgroup, CpuLimits before, CpuLimits now, long namespace) {
        long newPeriods = Math.max(0, now.periods() - before.periods());
        long newThrottled = Math.max(0, now.throttled() - before.throttled());
        path.setText(record, cgroup);
        periods.setLong(record, newPeriods);
        throttled.setLong(record, newThrottled);
        throttledTime.setLong(record, Math.max(0, now.throttledNanos() - before.throttledNanos()));
        ratio.setDouble(record, newPeriods == 0 ? 0 : (double) newThrottled / newPeriods * PERCENT);
        quota.setLong(record, now.quotaNanos());
        period.setLong(record, now.periodNanos());
        cores.setDouble(record, now.periodNanos() == 0 ? 0 : (double) now.quotaNanos() / now.periodNanos());
        pressure10.setDouble(record, now.pressure10());
        pressure60.setDouble(record, now.pressure60());
        mountNamespace.setLong(record, namespace);
    }
}
