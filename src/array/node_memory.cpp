#include <monnto/array/node.hpp>

#include <cstddef>
#include <new>

// Recorded iterations make and drop hundreds of nodes, which are larger than what malloc serves
// quickly in such bursts: each thread keeps some of those that died.
namespace monnto {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t most_kept = 0;  // memory that is kept would hide its use after free
#else
constexpr std::size_t most_kept = 2048;
#endif

struct Kept {
    Kept* next;
};

/// Trivially destroyed, so that nodes may die at any time, also after the thread's other objects.
struct Shelf {
    Kept* first = nullptr;
    std::size_t left = 0;  // until this thread makes a node
};
thread_local Shelf shelf;

/// Opens the thread's shelf; empties and closes it when the thread ends.
struct Opening {
    Opening() noexcept { shelf.left = most_kept; }
    Opening(const Opening&) = delete;
    Opening& operator=(const Opening&) = delete;
    ~Opening() {
        while (shelf.first != nullptr) {
            Kept* const next = shelf.first->next;
            ::operator delete(shelf.first, sizeof(Node));
            shelf.first = next;
        }
        shelf.left = 0;
    }
};

}  // namespace

void* Node::operator new(std::size_t bytes) {
    static thread_local const Opening opening;
    if (shelf.first == nullptr) {
        return ::operator new(bytes);
    }
    Kept* const kept = shelf.first;
    shelf.first = kept->next;
    ++shelf.left;
    return kept;
}

void Node::operator delete(void* memory) noexcept {
    if (shelf.left == 0) {
        ::operator delete(memory, sizeof(Node));
        return;
    }
    shelf.first = new (memory) Kept{shelf.first};
    --shelf.left;
}

}  // namespace monnto
