// SPDX-License-Identifier: Apache-2.0
/** The gRPC API: the daemon that runs gadgets for others, gadgets that run without a client, and the client. */
package dev.jig.service;
