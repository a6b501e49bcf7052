// SPDX-License-Identifier: Apache-2.0
/** What data sources count: histograms, drawn as text. */
package dev.jig.operators.metrics;
