# What nanobind's stub generator cannot see: plain C types, exception classes, the submodule.
_engine.__prefix__:
    from types import ModuleType

    from monnto.arrays import Array as Array, Scalar as Scalar

    __version__: str
    functions: ModuleType
    tensors: ModuleType

    class Tensor(Array): ...

    class Error(RuntimeError): ...
    class InternalError(RuntimeError): ...
    class BadState(Error): ...
    class ReadOnly(BadState, ValueError): ...
    class ShapeMismatch(Error, ValueError):
        operation: str
        left: tuple[int, ...]
        right: tuple[int, ...]
    class IndexMismatch(ShapeMismatch, IndexError): ...
    class TypeMismatch(Error, TypeError):
        operation: str
        found: str
    class IndexOutOfRange(Error, IndexError):
        index: int
        axis: int
        size: int
    class AxisOutOfRange(Error, ValueError, IndexError):
        axis: int
        rank: int
    class TooManyIndices(Error, IndexError):
        given: int
        rank: int
    class NumberOutOfRange(Error, OverflowError):
        number: int
        dtype: str
    class UnknownName(Error, AttributeError, LookupError):
        kind: str
        name: str
        nearest: str
    class BadParameter(Error, ValueError):
        name: str
        value: str
    class ParseError(Error, ValueError):
        source: str
        position: int

_engine.functions:
    

_engine.tensors:
    
