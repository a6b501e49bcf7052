// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** How a data source hands on its records. */
public enum DataSourceType {
    /** One record per packet. */
    SINGLE(1),
    /** Zero or more records per packet. */
    ARRAY(2);

    private final int wireNumber;

    DataSourceType(int wireNumber) {
        this.wireNumber = wireNumber;
    }

    /** The number that stands for this type on the wire. */
    public int wireNumber() {
        return wireNumber;
    }

    /** The type with this number on the wire; 0 and unknown numbers are errors. */
    public static DataSourceType ofWireNumber(int number) {
        return switch (number) {
            case 1 -> SINGLE;
            case 2 -> ARRAY;
            default -> throw new DataSourceException("invalid data source type " + number);
        };
    }
}
