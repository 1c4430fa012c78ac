package dev.landfall.host.plugin;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs every call on a plugin's object with the plugin's class loader as the context class loader.
 * A dynamic proxy rather than a decorator per contract: it shows each contract interface that the
 * object implements, so that a mix-in added later is not hidden.
 */
final class InPlugin implements InvocationHandler {

  /** Interfaces by this prefix are contracts; plugins are handed to the host as nothing else. */
  private static final String CONTRACTS = "dev.landfall.";

  private final Object target;
  private final PluginClassLoader loader;

  private InPlugin(Object target, PluginClassLoader loader) {
    this.target = target;
    this.loader = loader;
  }

  static <T> T wrap(Class<T> contract, T target, PluginClassLoader loader) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    interfaces.add(contract);
    collect(target.getClass(), loader, interfaces);
    return contract.cast(
        Proxy.newProxyInstance(
            InPlugin.class.getClassLoader(),
            interfaces.toArray(Class<?>[]::new),
            new InPlugin(target, loader)));
  }

  /**
   * Another object of a wrapped one's class, made as the first one was.
   *
   * @throws IllegalStateException if it cannot be made; the cause says why
   */
  static <T> T another(Class<T> contract, T wrapped) {
    InPlugin first = (InPlugin) Proxy.getInvocationHandler(wrapped);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(first.loader);
    try {
      Object made = first.target.getClass().getConstructor().newInstance();
      return wrap(contract, contract.cast(made), first.loader);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(first.target.getClass().getName() + " cannot be made", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void collect(
      @Nullable Class<?> type, PluginClassLoader loader, Set<Class<?>> interfaces) {
    if (type == null) {
      return;
    }
    for (Class<?> candidate : type.getInterfaces()) {
      if (isContract(candidate) && candidate.getClassLoader() != loader) {
        interfaces.add(candidate);
      }
      collect(candidate, loader, interfaces);
    }
    collect(type.getSuperclass(), loader, interfaces);
  }

  private static boolean isContract(Class<?> type) {
    return type.isInterface()
        && !type.isSealed()
        && Modifier.isPublic(type.getModifiers())
        && type.getName().startsWith(CONTRACTS);
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getName().equals("equals") && args != null && args.length == 1) {
      return args[0] != null
          && Proxy.isProxyClass(args[0].getClass())
          && Proxy.getInvocationHandler(args[0]) instanceof InPlugin other
          && target.equals(other.target);
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      Object result = method.invoke(target, args);
      return result != null && isContract(method.getReturnType())
          ? wrapUnchecked(method.getReturnType(), result)
          : result;
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private <T> T wrapUnchecked(Class<T> contract, Object result) {
    return wrap(contract, contract.cast(result), loader);
  }
}
