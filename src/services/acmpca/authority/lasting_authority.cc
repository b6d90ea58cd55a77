#include "services/acmpca/authority/lasting_authority.h"

namespace everseal::acmpca {

Result<std::optional<LastingAuthority>> find_lasting(sql::Snapshot& view, std::string_view arn) {
  const auto row = view.one(
      "SELECT id, version, certificate FROM acmpca_certificate_authority "
      "WHERE arn = $1 AND certificate IS NOT NULL",
      arn);
  if (!row) return row.error();
  if (!*row) return std::optional<LastingAuthority>();
  return std::optional(LastingAuthority{(*row)->integer(0), (*row)->integer(1), (*row)->blob(2)});
}

}  // namespace everseal::acmpca
