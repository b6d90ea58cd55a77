#pragma once

#include <optional>
#include <vector>

#include "asn1/der_reader.h"
#include "asn1/oid.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::x509 {

// One extension, whatever it means (RFC 5280, 4.2). x509/extension_types.h says what values mean.
struct Extension {
  asn1::Oid type;
  bool critical = false;
  Bytes value;  // what stands inside the OCTET STRING: for all known types DER

  friend bool operator==(const Extension&, const Extension&) = default;
};

// The extensions of a certificate or of a request, in their order; no type occurs twice.
class Extensions {
 public:
  static constexpr std::size_t kMaxCount = 256;

  Extensions() = default;
  // Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension. The reader fails for an empty list, for a
  // type that comes twice, for an explicit "critical FALSE" and for more than kMaxCount.
  static Extensions read(asn1::DerReader& in);

  const Extension* find(const asn1::Oid& type) const;  // nullptr if there is none
  bool contains(const asn1::Oid& type) const { return find(type) != nullptr; }

  // The typed view of x509/extension_types.h: nothing if the extension is absent, Malformed if its
  // value is. `const auto usage = extensions.get<KeyUsage>();`
  template <class Type>
  Result<std::optional<Type>> get() const {
    const Extension* found = find(Type::kOid);
    if (found == nullptr) return std::optional<Type>{};
    auto value = Type::parse(found->value);
    if (!value) return std::move(value).error();
    return std::optional<Type>(*std::move(value));
  }

  std::size_t size() const { return all_.size(); }
  bool empty() const { return all_.empty(); }
  auto begin() const { return all_.begin(); }
  auto end() const { return all_.end(); }

 private:
  std::vector<Extension> all_;
};

}  // namespace everseal::x509
