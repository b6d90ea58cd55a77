#pragma once

#include <optional>

#include "issuance/log/leaf.h"
#include "issuance/log/merkle.h"
#include "result/result.h"
#include "sql/database.h"

// For the .cc files of this folder: what its rows mean.
namespace everseal::issuance::log {

// Tiles are complete subtrees of 256^level leaves.
inline constexpr unsigned tile_bits = 8;
inline constexpr std::uint64_t tile_width = 1U << tile_bits;

struct LeafRow {
  std::uint64_t position;
  Leaf leaf;
  Hash root;
};

// position, kind, time, authority, object, digest, root.
Result<LeafRow> read_leaf(const sql::Row& row);

std::optional<Hash> as_hash(ByteView octets);

// size, frontier.
Result<Frontier> read_state(sql::Snapshot& view);

Fault damaged(std::string_view what);

}  // namespace everseal::issuance::log
