package io.github.claudefleet.spec;

/** Says that something asked for can't be: which parameter, what is wrong with it, and what to do next. */
public class InvalidSpecException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String parameter;
    private final String suggestion;

    /**
     * @param parameter the parameter's name as a person writes it in the pom, such as {@code auth.directory}
     * @param problem what is wrong, as the end of a sentence that begins with the parameter
     * @param suggestion what to do next, as a sentence
     */
    public InvalidSpecException(String parameter, String problem, String suggestion) {
        super(parameter + " " + problem);
        this.parameter = parameter;
        this.suggestion = suggestion;
    }

    /** The same, with the one of several that it is about. */
    public InvalidSpecException of(String which) {
        String problem = getMessage().substring(parameter.length() + 1);
        return new InvalidSpecException(parameter, problem + " (" + which + ")", suggestion);
    }

    /** The parameter's name as a person writes it in the pom. */
    public String parameter() {
        return parameter;
    }

    /** What to do next, as a sentence. */
    public String suggestion() {
        return suggestion;
    }
}
