#include "issuance/log/proof.h"

#include <bit>

#include "issuance/log/rows.h"

namespace everseal::issuance::log {
namespace {

constexpr std::string_view one_leaf =
    "SELECT position, kind, time, authority, object, digest, root FROM issuance_log_leaf "
    "WHERE position = $1";
constexpr std::string_view some_leaves =
    "SELECT position, kind, time, authority, object, digest, root FROM issuance_log_leaf "
    "WHERE position >= $1 AND position < $2 ORDER BY position";

// Leaves from `begin` on, before `end`; in a Merkle tree a range that begins at a multiple of the
// next power of two of its size has a root of its own.
struct Range {
  std::uint64_t begin;
  std::uint64_t end;
  std::uint64_t size() const { return end - begin; }
  // Where RFC 6962 splits it: the largest power of two below its size belongs to the left.
  std::uint64_t middle() const { return begin + std::bit_floor(size() - 1); }
};

Result<std::optional<LeafRow>> find_row(sql::Snapshot& view, std::uint64_t position) {
  const auto row = view.one(one_leaf, position);
  if (!row) return row.error();
  if (!*row) return std::optional<LeafRow>{};
  auto leaf = read_leaf(**row);
  if (!leaf) return leaf.error();
  return std::optional(*std::move(leaf));
}

// The level of the tile that covers exactly this range; nothing if none does.
std::optional<unsigned> tile_level(Range range) {
  if (!std::has_single_bit(range.size()) || range.size() < tile_width) return std::nullopt;
  const auto bits = static_cast<unsigned>(std::countr_zero(range.size()));
  if (bits % tile_bits != 0) return std::nullopt;
  return bits / tile_bits;
}

Result<Hash> read_tile(sql::Snapshot& view, unsigned level, Range range) {
  const auto row = view.one("SELECT hash FROM issuance_log_tile WHERE level = $1 AND position = $2",
                            level, range.begin / range.size());
  if (!row) return row.error();
  const auto hash = *row ? as_hash((*row)->blob(0)) : std::nullopt;
  if (!hash) return damaged("a tile is missing");
  return *hash;
}

Result<Hash> root_of_leaves(sql::Snapshot& view, Range range) {
  const auto rows = view.all(some_leaves, range.begin, range.end);
  if (!rows) return rows.error();
  Frontier frontier;
  for (const auto& row : *rows) {
    const auto leaf = read_leaf(row);
    if (!leaf) return leaf.error();
    frontier.append(hash_leaf(encode(leaf->leaf, leaf->position)));
  }
  if (frontier.size() != range.size()) return damaged("a leaf is missing");
  return frontier.root();
}

Result<Hash> root_of(sql::Snapshot& view, Range range) {
  if (range.size() == 0) return empty_root();
  if (const auto level = tile_level(range)) return read_tile(view, *level, range);
  if (range.size() < tile_width) return root_of_leaves(view, range);
  const auto left = root_of(view, {range.begin, range.middle()});
  if (!left) return left.error();
  const auto right = root_of(view, {range.middle(), range.end});
  if (!right) return right.error();
  return hash_node(*left, *right);
}

// PATH of RFC 6962, 2.1.1: the roots beside the way from the leaf up, lowest first.
Outcome add_path(sql::Snapshot& view, std::uint64_t position, Range range,
                 std::vector<Hash>& path) {
  if (range.size() == 1) return {};
  const Range left{range.begin, range.middle()};
  const Range right{range.middle(), range.end};
  const bool leaf_is_left = position < left.end;
  const auto below = add_path(view, position, leaf_is_left ? left : right, path);
  if (!below) return below.error();
  const auto beside = root_of(view, leaf_is_left ? right : left);
  if (!beside) return beside.error();
  path.push_back(*beside);
  return {};
}

enum class OldTree { IsKnown, MustBeGiven };

// SUBPROOF of RFC 6962, 2.1.2. The old root itself need not be given as long as the range begins
// with the tree.
Outcome add_subproof(sql::Snapshot& view, std::uint64_t old_end, Range range, OldTree old_tree,
                     std::vector<Hash>& proof) {
  const auto add = [&](Range part) -> Outcome {
    const auto root = root_of(view, part);
    if (!root) return root.error();
    proof.push_back(*root);
    return {};
  };
  if (old_end == range.end) return old_tree == OldTree::IsKnown ? Outcome{} : add(range);
  const Range left{range.begin, range.middle()};
  const Range right{range.middle(), range.end};
  if (old_end <= left.end) {
    const auto below = add_subproof(view, old_end, left, old_tree, proof);
    return below ? add(right) : below;
  }
  const auto below = add_subproof(view, old_end, right, OldTree::MustBeGiven, proof);
  return below ? add(left) : below;
}

}  // namespace

bool Inclusion::holds() const {
  return verify_inclusion(hash_leaf(encode(leaf, position)), position, head.size, proof, head.root);
}

Result<std::optional<Leaf>> find_leaf(sql::Snapshot& view, std::uint64_t position) {
  auto row = find_row(view, position);
  if (!row) return row.error();
  if (!*row) return std::optional<Leaf>{};
  return std::optional(std::move((*row)->leaf));
}

Result<Head> head_at(sql::Snapshot& view, std::uint64_t size) {
  if (size == 0) return Head{0, empty_root()};
  const auto last = find_row(view, size - 1);
  if (!last) return last.error();
  if (!*last) return Fault::malformed("the issuance log never had so many leaves");
  return Head{size, (*last)->root};
}

Result<Inclusion> prove_inclusion(sql::Snapshot& view, std::uint64_t position, std::uint64_t size) {
  if (position >= size) return Fault::malformed("the tree has no such position");
  const auto head = head_at(view, size);
  if (!head) return head.error();
  auto leaf = find_leaf(view, position);
  if (!leaf) return leaf.error();
  if (!*leaf) return damaged("a leaf is missing");
  Inclusion inclusion{**std::move(leaf), position, *head, {}};
  const auto proven = add_path(view, position, {0, size}, inclusion.proof);
  if (!proven) return proven.error();
  return inclusion;
}

Result<std::vector<Hash>> prove_consistency(sql::Snapshot& view, std::uint64_t old_size,
                                            std::uint64_t new_size) {
  if (old_size > new_size) return Fault::malformed("the old tree is larger than the new one");
  if (const auto head = head_at(view, new_size); !head) return head.error();
  std::vector<Hash> proof;
  if (old_size == 0 || old_size == new_size) return proof;
  const auto proven = add_subproof(view, old_size, {0, new_size}, OldTree::IsKnown, proof);
  if (!proven) return proven.error();
  return proof;
}

}  // namespace everseal::issuance::log
