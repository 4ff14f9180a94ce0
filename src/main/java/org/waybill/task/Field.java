package org.waybill.task;

/** One child element of a task: its name and text. */
public record Field(String name, String value) {}
