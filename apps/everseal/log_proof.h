#pragma once

#include <cstdint>
#include <string>

#include "encoding/bytes.h"
#include "result/result.h"
#include "sql/database.h"

// What `everseal log` prints for people who have nothing but this text, as JSON. The members are
// described in docs/operations/issuance-log.md and only ever grow in number. `log_key` is the
// SubjectPublicKeyInfo of the log.
namespace everseal::app {

// The newest head that the log has signed. Unavailable: there is none yet.
Result<std::string> signed_head(sql::Snapshot& view, ByteView log_key);

// That a leaf is below the newest signed head. `leaf` is its index, or the ARN of a certificate of
// Private CA. Malformed: it is neither, or there is no such leaf. Unavailable: it is newer than
// the head.
Result<std::string> inclusion_proof(sql::Snapshot& view, const std::string& leaf, ByteView log_key);

// That the tree of the old size is the beginning of the newest signed one. Malformed: it is larger.
Result<std::string> consistency_proof(sql::Snapshot& view, std::uint64_t old_size,
                                      ByteView log_key);

}  // namespace everseal::app
