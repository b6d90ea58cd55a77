#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "crypto/digest.h"
#include "encoding/bytes.h"

// The Merkle tree of RFC 6962, section 2.1 (the same as RFC 9162's): SHA-256, leaves and inner
// nodes hashed apart. Pure functions; positions count from 0.
namespace everseal::issuance::log {

using Hash = crypto::Sha256Digest;

Hash hash_leaf(ByteView leaf);                        // SHA-256(00, leaf)
Hash hash_node(const Hash& left, const Hash& right);  // SHA-256(01, left, right)
Hash empty_root();                                    // SHA-256 of nothing

// The tree of so many leaves, as the roots of its complete subtrees, from the largest on the left
// to the smallest on the right: at most 63. Enough to append, and to know the root.
class Frontier {
 public:
  Frontier() = default;
  // What was stored. Empty if the number of hashes is not that of a tree of this size.
  static std::optional<Frontier> restore(std::uint64_t size, ByteView hashes);

  // A subtree that a leaf completed: it covers 2^level leaves, and is the index-th of its level.
  struct Completed {
    unsigned level;
    std::uint64_t index;
    Hash hash;
  };

  // `completed` hears of each subtree of level 1 or more that this leaf completes.
  template <class Use>
  void append(const Hash& leaf, Use&& completed);
  void append(const Hash& leaf) {
    append(leaf, [](const Completed&) {});
  }

  std::uint64_t size() const { return size_; }
  Hash root() const;
  Bytes hashes() const;  // one after the other, 32 octets each

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> subtrees_;
};

template <class Use>
void Frontier::append(const Hash& leaf, Use&& completed) {
  subtrees_.push_back(leaf);
  std::uint64_t index = size_;
  for (unsigned level = 1; (index & 1U) != 0; ++level) {
    index >>= 1;
    const Hash right = subtrees_.back();
    subtrees_.pop_back();
    subtrees_.back() = hash_node(subtrees_.back(), right);
    completed(Completed{level, index, subtrees_.back()});
  }
  ++size_;
}

// Whether the leaf stands at this position of the tree with this size and root (RFC 9162, 2.1.3.2).
bool verify_inclusion(const Hash& leaf, std::uint64_t position, std::uint64_t size,
                      const std::vector<Hash>& proof, const Hash& root);

// Whether the tree of the new size begins with the tree of the old one (RFC 9162, 2.1.4.2).
bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t new_size,
                        const Hash& new_root, const std::vector<Hash>& proof);

}  // namespace everseal::issuance::log
