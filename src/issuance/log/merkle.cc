#include "issuance/log/merkle.h"

#include <algorithm>
#include <array>
#include <bit>

namespace everseal::issuance::log {
namespace {

constexpr std::uint8_t leaf_prefix = 0;
constexpr std::uint8_t node_prefix = 1;
constexpr std::size_t hash_octets = std::tuple_size_v<Hash>;

}  // namespace

Hash hash_leaf(ByteView leaf) {
  Bytes input;
  input.reserve(1 + leaf.size());
  input.push_back(leaf_prefix);
  input.insert(input.end(), leaf.begin(), leaf.end());
  return crypto::sha256(input);
}

Hash hash_node(const Hash& left, const Hash& right) {
  std::array<std::uint8_t, 1 + 2 * hash_octets> input;
  input.front() = node_prefix;
  std::ranges::copy(left, input.begin() + 1);
  std::ranges::copy(right, input.begin() + 1 + hash_octets);
  return crypto::sha256(ByteView(input));
}

Hash empty_root() { return crypto::sha256(ByteView()); }

std::optional<Frontier> Frontier::restore(std::uint64_t size, ByteView hashes) {
  const auto count = static_cast<std::size_t>(std::popcount(size));
  if (hashes.size() != count * hash_octets) return std::nullopt;
  Frontier frontier;
  frontier.size_ = size;
  frontier.subtrees_.resize(count);
  for (Hash& subtree : frontier.subtrees_) {
    std::ranges::copy(hashes.first(hash_octets), subtree.begin());
    hashes = hashes.subspan(hash_octets);
  }
  return frontier;
}

Hash Frontier::root() const {
  if (subtrees_.empty()) return empty_root();
  Hash root = subtrees_.back();
  for (auto left = subtrees_.rbegin() + 1; left != subtrees_.rend(); ++left) {
    root = hash_node(*left, root);
  }
  return root;
}

Bytes Frontier::hashes() const {
  Bytes all;
  all.reserve(subtrees_.size() * hash_octets);
  for (const Hash& subtree : subtrees_) all.insert(all.end(), subtree.begin(), subtree.end());
  return all;
}

bool verify_inclusion(const Hash& leaf, std::uint64_t position, std::uint64_t size,
                      const std::vector<Hash>& proof, const Hash& root) {
  if (position >= size) return false;
  std::uint64_t node = position;
  std::uint64_t last = size - 1;
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      hash = hash_node(sibling, hash);
      // A node without a right sibling moves up until it is one itself.
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      hash = hash_node(hash, sibling);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && hash == root;
}

bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t new_size,
                        const Hash& new_root, const std::vector<Hash>& proof) {
  if (old_size > new_size) return false;
  if (old_size == new_size) return proof.empty() && old_root == new_root;
  if (old_size == 0) return proof.empty() && old_root == empty_root();
  auto next = proof.begin();
  // A complete old tree is its own first node, and is left out of the proof.
  const bool complete = std::has_single_bit(old_size);
  if (!complete && next == proof.end()) return false;
  std::uint64_t node = old_size - 1;
  std::uint64_t last = new_size - 1;
  while ((node & 1U) != 0) {
    node >>= 1;
    last >>= 1;
  }
  Hash old_hash = complete ? old_root : *next++;
  Hash new_hash = old_hash;
  for (; next != proof.end(); ++next) {
    if (last == 0) return false;
    if ((node & 1U) != 0 || node == last) {
      old_hash = hash_node(*next, old_hash);
      new_hash = hash_node(*next, new_hash);
      while ((node & 1U) == 0 && node != 0) {
        node >>= 1;
        last >>= 1;
      }
    } else {
      new_hash = hash_node(new_hash, *next);
    }
    node >>= 1;
    last >>= 1;
  }
  return last == 0 && old_hash == old_root && new_hash == new_root;
}

}  // namespace everseal::issuance::log
