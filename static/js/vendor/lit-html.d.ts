// What the vendored file exports, as far as we use it. Ours, not the project's own types.
export interface TemplateResult { readonly strings: TemplateStringsArray; readonly values: unknown[]; }
export interface Ref<T extends Element = Element> { readonly value?: T; }
export declare const html: (strings: TemplateStringsArray, ...values: unknown[]) => TemplateResult;
export declare const svg: (strings: TemplateStringsArray, ...values: unknown[]) => TemplateResult;
export declare const nothing: unique symbol;
export declare function render(value: unknown, container: Element | DocumentFragment, options?: object): unknown;
export declare function repeat<T>(
    items: Iterable<T>, key: (item: T, index: number) => unknown, template: (item: T, index: number) => unknown): unknown;
export declare function live(value: unknown): unknown;
export declare function classMap(classes: Record<string, boolean | string | number | undefined>): unknown;
export declare function ref(target: Ref | ((element: Element | undefined) => void) | undefined): unknown;
export declare function createRef<T extends Element = Element>(): Ref<T>;
export declare function keyed(key: unknown, value: unknown): unknown;
export declare function guard(dependencies: unknown, value: () => unknown): unknown;
