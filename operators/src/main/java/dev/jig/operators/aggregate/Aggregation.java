// SPDX-License-Identifier: Apache-2.0
package dev.jig.operators.aggregate;

import dev.jig.datasource.DataSource;
import dev.jig.datasource.FieldWriter;
import dev.jig.datasource.Record;
import dev.jig.datasource.RecordArray;
import dev.jig.gadget.GadgetContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The totals of one data source: fed by the thread that hands out its records, shown by another one. */
final class Aggregation {
    private static final int MOST_GROUPS = 100_000;
    private static final int MOST_KEY_BYTES = 16 << 20;
    private static final int LONGEST_KEY = 1 << 14;

    private final DataSource totals;
    private final List<KeyField> keys = new ArrayList<>();
    private final List<SummedField> sums = new ArrayList<>();
    private final FieldWriter count;
    private final FieldWriter others;
    private final int top;
    private final Groups groups;
    private final byte[] key = new byte[LONGEST_KEY];
    private boolean changed = true;

    /**
     * @param keyNames fields by which is counted
     * @param sumNames fields that are added up
     * @param top how many totals are shown, the largest ones; 0 for all
     */
    Aggregation(DataSource counted, List<String> keyNames, List<String> sumNames, int top, GadgetContext context) {
        TotalsSource source = new TotalsSource(counted, context);
        for (String name : keyNames) {
            keys.add(source.addKey(name));
        }
        this.count = source.addCount();
        for (String name : sumNames) {
            sums.add(source.addSum(name));
        }
        this.others = source.addOthers();
        this.totals = source.source();
        this.top = top;
        this.groups = new Groups(sums.size(), MOST_GROUPS, MOST_KEY_BYTES);
    }

    /** Counts a record. */
    synchronized void add(Record record) {
        int length = 0;
        for (int i = 0; i < keys.size(); i++) {
            // Each field has its share of the key, so that a long text leaves room for the others.
            length = keys.get(i).write(record, key, length, LONGEST_KEY / keys.size() * (i + 1));
        }
        int group = groups.find(key, length);
        groups.increment(group);
        for (int i = 0; i < sums.size(); i++) {
            groups.setSum(group, i, sums.get(i).add(groups.sum(group, i), record));
        }
        changed = true;
    }

    /** Hands out the totals, the largest first, unless they are those of the last time. */
    synchronized void show(GadgetContext context) {
        if (!changed) {
            return;
        }
        changed = false;
        int[] order = order();
        try (RecordArray array = totals.newArray()) {
            array.begin();
            for (int i = 0; i < order.length && (top == 0 || i < top); i++) {
                fill(array.add(), order[i]);
            }
            long size = array.size();
            totals.emit(array);
            context.count(totals).delivered(size);
        }
        context.endBatch();
    }

    private int[] order() {
        int first = groups.count(Groups.OTHERS) == 0 ? 1 : 0;
        return IntStream.range(first, groups.size())
                .boxed()
                .sorted((a, b) -> compare(b, a))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private int compare(int first, int second) {
        int bySum = sums.isEmpty() ? 0 : sums.getFirst().compare(groups.sum(first, 0), groups.sum(second, 0));
        return bySum != 0 ? bySum : Long.compareUnsigned(groups.count(first), groups.count(second));
    }

    private void fill(Record total, int group) {
        if (group == Groups.OTHERS) {
            keys.forEach(field -> field.writeOthers(total));
        } else {
            int at = groups.keyStart(group);
            for (KeyField field : keys) {
                at = field.read(groups.keys(), at, total);
            }
        }
        count.setLong(total, groups.count(group));
        for (int i = 0; i < sums.size(); i++) {
            sums.get(i).write(groups.sum(group, i), total);
        }
        others.setLong(total, group == Groups.OTHERS ? 1 : 0);
    }
}
