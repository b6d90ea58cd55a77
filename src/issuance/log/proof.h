#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "issuance/log/append.h"
#include "issuance/log/leaf.h"
#include "issuance/log/merkle.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::issuance::log {

// Everything that someone else needs to see that a leaf is in the tree.
struct Inclusion {
  Leaf leaf;
  std::uint64_t position;
  Head head;
  std::vector<Hash> proof;

  bool holds() const;
};

// Malformed: the tree of this size has no such position, or the log is not so large. Reads at most
// 256 rows a level of its tiles: about a thousand in a log of a hundred million leaves.
Result<Inclusion> prove_inclusion(sql::Snapshot& view, std::uint64_t position, std::uint64_t size);

// That the tree of the old size is the beginning of the tree of the new one.
Result<std::vector<Hash>> prove_consistency(sql::Snapshot& view, std::uint64_t old_size,
                                            std::uint64_t new_size);

// The root when the log had so many leaves. Malformed: it never had.
Result<Head> head_at(sql::Snapshot& view, std::uint64_t size);

// The leaf at this position, if there is one.
Result<std::optional<Leaf>> find_leaf(sql::Snapshot& view, std::uint64_t position);

}  // namespace everseal::issuance::log
