
# The variant for agents that build Java: what comes before, with the JDK and the Maven of another image, both where the official
# Maven images have them.
FROM ${JAVA} AS java

FROM agent
USER root
COPY --from=java /opt/java/openjdk /opt/java/openjdk
COPY --from=java /usr/share/maven /usr/share/maven
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:${PATH}
RUN ln -s /usr/share/maven/bin/mvn /usr/local/bin/mvn && mvn --version
USER 1000:1000
