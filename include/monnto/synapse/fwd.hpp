#pragma once

namespace monnto {

class Pattern;
class RowRule;
class SparseMatrix;

}  // namespace monnto
