#pragma once

#include <cstdint>

#include "issuance/log/leaf.h"
#include "issuance/log/merkle.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::issuance::log {

// Adds the leaf in the transaction of the certificate, before its bytes leave, and answers its
// position: keep it beside the certificate, for inclusion proofs. One row, one changed row, and
// another row for every 256 leaves. The first leaf after a checkpoint promises the next one.
// Broken: the log's own state is damaged.
Result<std::uint64_t> append(sql::Transaction& tx, const Leaf& leaf);

struct Head {
  std::uint64_t size;
  Hash root;

  friend bool operator==(const Head&, const Head&) = default;
};

// The tree as it is now.
Result<Head> current_head(sql::Snapshot& view);

}  // namespace everseal::issuance::log
