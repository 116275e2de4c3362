/**
 * Source adaptation (TR-06-4 Part 1): what a receiver measures of a link, and what rate a sender should ask its encoder for. Both are pure: figures and the time come in as arguments, a report or a
 * target comes out; nobody here knows how reports travel. Imports {@code packet} and {@code base}. Nothing is allocated after construction. What a peer reports may be nonsense: it is bounded or
 * ignored, never thrown at.
 */
package io.ristflow.core.adapt;
