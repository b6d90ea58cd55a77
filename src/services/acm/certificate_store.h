#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "encoding/bytes.h"
#include "result/result.h"
#include "services/acm/certificate.h"
#include "sql/database.h"

// The rows of ACM's certificates. Every look-up is by key, so that it costs the same among a
// million.
namespace everseal::acm {

// What belongs to an issued or imported certificate: its octets and its key.
struct Material {
  Bytes certificate;  // DER
  std::string chain;  // PEM: the issuing CA first, the root last; may be empty if imported
  Bytes sealed_key;   // PKCS#8, by the vault for key_context(arn)
};

Result<std::optional<Certificate>> find_certificate(sql::Snapshot& view, std::string_view arn);

// Nothing until it is issued.
Result<std::optional<Material>> find_material(sql::Snapshot& view, std::string_view arn);

Result<bool> is_in_use(sql::Snapshot& view, std::string_view arn);

// Conflict: the ARN exists.
Outcome insert_certificate(sql::Transaction& tx, const Certificate& certificate);

// All columns but arn, account, region and created_at.
Outcome update_certificate(sql::Transaction& tx, const Certificate& certificate);

// Instead of what was there. A private chain is kept once for all certificates that have it.
Outcome put_material(sql::Transaction& tx, const Certificate& certificate,
                     const Material& material);

// Everything of this certificate: row, material, tags, uses.
Outcome delete_certificate(sql::Transaction& tx, std::string_view arn);

// Where a listing goes on: after this certificate.
struct ListPosition {
  TimePoint created_at;
  std::string arn;
};
enum class ListOrder { OldestFirst, NewestFirst };

// The certificates of one account and region with whether each is in use, by time of creation,
// until `use` returns false.
Outcome each_certificate(sql::Snapshot& view, std::string_view account, std::string_view region,
                         ListOrder order, const std::optional<ListPosition>& after,
                         const std::function<bool(const Certificate&, bool in_use)>& use);

}  // namespace everseal::acm
