// SPDX-License-Identifier: Apache-2.0
package dev.jig.datasource;

/** The bits of {@link Field#flags()}, as they travel on the wire. */
public final class FieldFlags {
    /** The field has no value and no payload; it only groups others. */
    public static final int EMPTY = 1;
    /** The field is the fixed-size blob that holds static members. */
    public static final int CONTAINER = 1 << 1;
    /** The field is not shown by default. */
    public static final int HIDDEN = 1 << 2;
    /** The field has a parent. */
    public static final int HAS_PARENT = 1 << 3;
    /** The field is a window into a payload that it shares with its siblings. */
    public static final int STATIC_MEMBER = 1 << 4;
    /** The field's name was released; it keeps its index but cannot be found nor shown. */
    public static final int UNREFERENCED = 1 << 5;

    private FieldFlags() {}
}
