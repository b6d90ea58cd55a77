#include "services/acmpca/authority/stored_text.h"

#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"

namespace everseal::acmpca {
namespace {

template <class T>
std::string to_json(const T& value) {
  return aws::protocol::print_json(aws::protocol::print(value));
}

template <class T>
Result<T> from_json(std::string_view text) {
  const auto document = aws::protocol::parse_json(text);
  if (!document) return Fault::broken("stored configuration: " + document.error().cause);
  auto value = aws::protocol::read<T>(*document);
  if (!value) return Fault::broken("stored configuration: " + value.error().message);
  return *std::move(value);
}

}  // namespace

std::string to_stored_text(const CaConfiguration& configuration) { return to_json(configuration); }
std::string to_stored_text(const RevocationConfiguration& revocation) {
  return to_json(revocation);
}

Result<CaConfiguration> stored_configuration(std::string_view text) {
  return from_json<CaConfiguration>(text);
}
Result<RevocationConfiguration> stored_revocation(std::string_view text) {
  return from_json<RevocationConfiguration>(text);
}

}  // namespace everseal::acmpca
