package dev.landfall.cli;

import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParameterizedTypeTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The problem codes in Java sources, read as the compiler reads them, and found twice: as what is
 * handed on as a code, and as every text that has a code's form.
 *
 * <p>What is handed on as a code is whatever stands in place of a parameter or record component
 * {@code String code}, is assigned to a variable of that name, or is returned by a method of that
 * name. There, only a whole literal may begin; all else must be called {@code code} itself. So no
 * code can come from parts, or under another name, without being seen.
 */
final class ProblemCodes {

  /** The form that {@link dev.landfall.connector.outcome.Problem} requires. */
  static final Pattern FORM = Pattern.compile("[a-z0-9-]+(\\.[a-z0-9-]+)+");

  private static final String CODE = "code";

  /** A place that takes a code: an argument of a constructor or method of this name and arity. */
  private record Taker(String name, int arity, int place, @Nullable CompilationUnitTree only) {}

  private final List<Taker> takers = new ArrayList<>();
  private final Set<String> raised = new TreeSet<>();
  private final Set<String> texts = new TreeSet<>();
  private final List<String> unclear = new ArrayList<>();

  private ProblemCodes() {}

  static ProblemCodes in(Collection<Path> files) throws IOException {
    var compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler(), "a JDK");
    ProblemCodes codes = new ProblemCodes();
    try (var manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      List<CompilationUnitTree> units = new ArrayList<>();
      task.parse().forEach(units::add);
      units.forEach(unit -> codes.new Declarations().scan(unit, null));
      units.forEach(unit -> codes.new Uses().scan(unit, null));
    }
    return codes;
  }

  /** Literals that are handed on as codes. */
  Set<String> raised() {
    return raised;
  }

  /** Every literal that has the form of a code. */
  Set<String> texts() {
    return texts;
  }

  /** Where something else than a whole literal is handed on as a code, with what it is. */
  List<String> unclear() {
    return unclear;
  }

  private static boolean isCode(VariableTree variable) {
    return variable.getName().contentEquals(CODE)
        && variable.getType() != null
        && variable.getType().toString().matches("(.*\\W)?String");
  }

  private static String simple(Tree type) {
    if (type instanceof ParameterizedTypeTree generic) {
      return simple(generic.getType());
    }
    return type instanceof MemberSelectTree member
        ? member.getIdentifier().toString()
        : type.toString();
  }

  /** Notes what takes a code. */
  private final class Declarations extends TreePathScanner<@Nullable Void, @Nullable Void> {

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void unused) {
      if (type.getKind() == Tree.Kind.RECORD) {
        note(
            type.getSimpleName().toString(),
            type.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(field -> !field.getModifiers().getFlags().contains(Modifier.STATIC))
                .toList(),
            null);
      }
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      boolean constructor = method.getReturnType() == null;
      String name = constructor ? enclosing(getCurrentPath()) : method.getName().toString();
      boolean here = method.getModifiers().getFlags().contains(Modifier.PRIVATE);
      note(name, method.getParameters(), here ? getCurrentPath().getCompilationUnit() : null);
      return super.visitMethod(method, null);
    }

    private void note(
        String name, List<? extends VariableTree> parameters, @Nullable CompilationUnitTree only) {
      for (int i = 0; i < parameters.size(); i++) {
        if (isCode(parameters.get(i))) {
          takers.add(new Taker(name, parameters.size(), i, only));
        }
      }
    }
  }

  /** Looks at what is handed on. */
  private final class Uses extends TreePathScanner<@Nullable Void, @Nullable Void> {

    @Override
    public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void unused) {
      if (literal.getValue() instanceof String text && FORM.matcher(text).matches()) {
        texts.add(text);
      }
      return null;
    }

    @Override
    public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void unused) {
      taken(simple(made.getIdentifier()), made.getArguments());
      return super.visitNewClass(made, null);
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void unused) {
      String name = simple(call.getMethodSelect());
      taken(name.equals("this") ? enclosing(getCurrentPath()) : name, call.getArguments());
      return super.visitMethodInvocation(call, null);
    }

    @Override
    public @Nullable Void visitMemberReference(
        MemberReferenceTree reference, @Nullable Void unused) {
      String name =
          reference.getMode() == MemberReferenceTree.ReferenceMode.NEW
              ? simple(reference.getQualifierExpression())
              : reference.getName().toString();
      if (takers.stream().anyMatch(t -> t.name().equals(name) && isSeen(t))) {
        unclear(reference);
      }
      return super.visitMemberReference(reference, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void unused) {
      if (isCode(variable) && variable.getInitializer() != null) {
        handedOn(variable.getInitializer());
      }
      return super.visitVariable(variable, null);
    }

    @Override
    public @Nullable Void visitAssignment(AssignmentTree assignment, @Nullable Void unused) {
      if (simple(assignment.getVariable()).equals(CODE)) {
        handedOn(assignment.getExpression());
      }
      return super.visitAssignment(assignment, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void unused) {
      if (method.getName().contentEquals(CODE) && method.getParameters().isEmpty()) {
        new TreeScanner<@Nullable Void, @Nullable Void>() {
          @Override
          public @Nullable Void visitReturn(ReturnTree returned, @Nullable Void none) {
            handedOn(returned.getExpression());
            return null;
          }
        }.scan(method.getBody(), null);
      }
      return super.visitMethod(method, null);
    }

    private void taken(String name, List<? extends ExpressionTree> arguments) {
      takers.stream()
          .filter(t -> t.name().equals(name) && t.arity() == arguments.size() && isSeen(t))
          .map(t -> arguments.get(t.place()))
          .distinct()
          .forEach(this::handedOn);
    }

    private boolean isSeen(Taker taker) {
      return taker.only() == null || taker.only() == getCurrentPath().getCompilationUnit();
    }

    private void handedOn(ExpressionTree expression) {
      if (expression instanceof LiteralTree literal && literal.getValue() instanceof String text) {
        raised.add(text);
      } else if (expression instanceof ParenthesizedTree inner) {
        handedOn(inner.getExpression());
      } else if (expression instanceof ConditionalExpressionTree choice) {
        handedOn(choice.getTrueExpression());
        handedOn(choice.getFalseExpression());
      } else if (!isCalledCode(expression)) {
        unclear(expression);
      }
    }

    private boolean isCalledCode(ExpressionTree expression) {
      if (expression instanceof MethodInvocationTree call) {
        return call.getArguments().isEmpty() && simple(call.getMethodSelect()).equals(CODE);
      }
      return (expression instanceof IdentifierTree || expression instanceof MemberSelectTree)
          && simple(expression).equals(CODE);
    }

    private void unclear(Tree what) {
      CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
      unclear.add(Path.of(unit.getSourceFile().toUri()).getFileName() + ": " + what);
    }
  }

  private static String enclosing(TreePath path) {
    TreePath up = path;
    while (!(up.getLeaf() instanceof ClassTree)) {
      up = up.getParentPath();
    }
    return ((ClassTree) up.getLeaf()).getSimpleName().toString();
  }
}
