package dev.pintle.collector.plugin;

import org.teavm.model.ClassHolder;
import org.teavm.model.ClassHolderTransformer;
import org.teavm.model.ClassHolderTransformerContext;
import org.teavm.model.MethodDescriptor;
import org.teavm.model.MethodHolder;
import org.teavm.model.emit.ProgramEmitter;
import org.teavm.runtime.Allocator;
import org.teavm.runtime.RuntimeObject;
import org.teavm.vm.spi.TeaVMHost;
import org.teavm.vm.spi.TeaVMPlugin;

/**
 * Has {@code Object.clone} call {@link Allocator#copy}. TeaVM's own copies eight bytes for each item of an array of bytes,
 * and names the original in no frame while it allocates the copy.
 */
public final class CollectorPlugin implements TeaVMPlugin, ClassHolderTransformer {
    @Override
    public void install(TeaVMHost host) {
        host.add(this);
    }

    @Override
    public void transformClass(ClassHolder type, ClassHolderTransformerContext context) {
        if (!type.getName().equals("java.lang.Object")) {
            return;
        }
        MethodHolder method =
                type.getMethod(new MethodDescriptor("cloneLowLevel", RuntimeObject.class, RuntimeObject.class));
        if (method == null) {
            throw new IllegalStateException("TeaVM's Object has no cloneLowLevel any more");
        }
        ProgramEmitter program = ProgramEmitter.create(method, context.getHierarchy());
        program.invoke(Allocator.class, "copy", RuntimeObject.class, program.var(1, RuntimeObject.class))
                .returnValue();
    }
}
