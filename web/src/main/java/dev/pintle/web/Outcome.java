package dev.pintle.web;

import dev.pintle.init.control.Message;

/** What comes of a request: an answer, or something that takes time and has one then. */
sealed interface Outcome permits Answer, Outcome.Question, Outcome.Work, Outcome.Feed {

    /** What follows a reply of the init. */
    interface Next {
        /** The outcome, or another question. */
        Outcome of(Reply reply);
    }

    /**
     * Asks the init. Others are served meanwhile.
     *
     * @param patience milliseconds after which the reply is that it took too long
     * @param probe    whether it is a probe's, which comes before all others
     */
    record Question(Message request, long patience, boolean probe, Next next) implements Outcome {
        /** Milliseconds for what the init answers at once. */
        static final long SHORT = 2_000;

        /** One that the init answers at once. */
        static Question of(Message request, Next next) {
            return new Question(request, SHORT, false, next);
        }
    }

    /** What a child of this process does: it may take its time, and all memory that it takes is gone with it. */
    interface Task {
        /** Does it; what it has found out goes to {@code pipe}. */
        void run(PipeOutput pipe);
    }

    /** What follows a task. */
    interface AfterWork {
        /** The outcome, of what the task has written. */
        Outcome of(byte[] output);
    }

    /**
     * Has a child do what would take too long here.
     *
     * @param patience milliseconds after which it is killed
     */
    record Work(Task task, long patience, AfterWork next) implements Outcome {}

    /** A stream that ends when the client goes, or the source does. */
    sealed interface Feed extends Outcome permits Events, Output {
        /** The media type. */
        String type();
    }

    /**
     * Events of the init as they come.
     *
     * @param after what the client has heard last, by the id that it had; empty for from now on
     */
    record Events(String after, String service) implements Feed {
        @Override
        public String type() {
            return EventFeed.TYPE;
        }
    }

    /** What a task writes, as it comes. */
    record Output(Task task, String type) implements Feed {}
}
