#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "encoding/bytes.h"
#include "result/result.h"
#include "sql/database.h"

namespace everseal::elbv2::trust_stores {

// The private CAs that trust stores may follow. Given by Private CA. Thread-safe.
class PrivateCas {
 public:
  struct Ca {
    std::int64_t number;   // for `revoked_serials`
    std::int64_t version;  // changes with the certificate; never goes back
    std::int64_t revoked;  // certificates; never goes back
    Bytes certificate;     // DER
  };

  virtual ~PrivateCas() = default;
  // Nothing: there never was such a CA, or it has no certificate yet. A deleted one is there.
  virtual Result<std::optional<Ca>> find(sql::Snapshot& view, std::string_view arn) const = 0;
  // What it revoked after the first `after`: big-endian, the first octet not zero; none twice, in
  // any order.
  virtual Outcome revoked_serials(sql::Snapshot& view, std::int64_t number, std::int64_t after,
                                  const std::function<void(ByteView)>& visit) const = 0;
  // Calls `hear` when any CA has changed or revoked something, once that is durable; it must not
  // wait.
  [[nodiscard]] virtual sql::Subscription on_change(std::function<void()> hear) const = 0;
};

// The tag that binds a trust store to a private CA, when it is created: its value is the ARN.
inline constexpr std::string_view ca_tag = "everseal:ca-arn";

}  // namespace everseal::elbv2::trust_stores
