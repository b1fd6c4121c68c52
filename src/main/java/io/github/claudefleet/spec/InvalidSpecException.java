package io.github.claudefleet.spec;

/** Exception for an invalid request. It names the parameter, the problem and the remedy. */
public class InvalidSpecException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String suggestion;

    /**
     * Creates an exception for a parameter.
     *
     * @param parameter name of the parameter as in the pom, such as {@code auth.directory}
     * @param problem problem, as the end of a sentence that begins with the parameter
     * @param suggestion remedy, as a sentence
     */
    public InvalidSpecException(String parameter, String problem, String suggestion) {
        super(parameter + " " + problem);
        this.parameter = parameter;
        this.suggestion = suggestion;
    }

    /** Returns a copy that also names the element concerned, one of several. */
    public InvalidSpecException of(String which) {
        String problem = getMessage().substring(parameter.length() + 1);
        return new InvalidSpecException(parameter, problem + " (" + which + ")", suggestion);
    }

    /** Returns the parameter's name as in the pom. */
    public String parameter() {
        return parameter;
    }

    /** Returns the remedy, as a sentence. */
    public String suggestion() {
        return suggestion;
    }
}
