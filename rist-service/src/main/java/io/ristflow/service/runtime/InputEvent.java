package io.ristflow.service.runtime;

/**
 * Something between a flow's two inputs: one of them became part of what the outputs get, or ceased to be.
 *
 * @param why in words, "input-1 is silent"
 */
public record InputEvent(boolean active, String why) {}
