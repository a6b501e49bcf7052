// SPDX-License-Identifier: Apache-2.0
/** Records of data sources, sent to collectors as log records. */
package dev.jig.operators.otellogs;
