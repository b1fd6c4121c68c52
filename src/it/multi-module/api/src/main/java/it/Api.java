package it;

/** No test is here: nothing needs the fleet yet. */
public interface Api {}
