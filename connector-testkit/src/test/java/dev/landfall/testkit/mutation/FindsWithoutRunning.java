package dev.landfall.testkit.mutation;

import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Pitest finds tests by running them, in each process that it tries mutants in once more. This
 * leaves out what they do there, which would take longer than the mutants.
 */
public final class FindsWithoutRunning implements InvocationInterceptor {

  private static final String MINION = "org.pitest.mutationtest.execute.MutationTestMinion";

  /** For {@link java.util.ServiceLoader}. */
  public FindsWithoutRunning() {}

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> context,
      ExtensionContext extension)
      throws Throwable {
    unlessOnlyLookedFor(invocation);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> context,
      ExtensionContext extension)
      throws Throwable {
    unlessOnlyLookedFor(invocation);
  }

  private static void unlessOnlyLookedFor(Invocation<Void> invocation) throws Throwable {
    if (isOnStack(MINION, "") && isOnStack("", "findTestUnits")) {
      invocation.skip();
    } else {
      invocation.proceed();
    }
  }

  private static boolean isOnStack(String type, String method) {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().startsWith(type)
                            && frame.getMethodName().startsWith(method)));
  }
}
