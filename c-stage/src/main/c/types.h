static int32_t teavm_isWithin(TeaVM_Class* superclass, TeaVM_Class* class) {
    return class->tag >= superclass->tag && class->tag < superclass->tagEnd;
}
static int32_t teavm_isInstance(void* object, void* class) {
    return object != NULL && ((TeaVM_Class*) class)->isSupertypeOf(class, TEAVM_CLASS_OF(object));
}
#define teavm_instanceof(object, class, test) teavm_isInstance((object), (class))
