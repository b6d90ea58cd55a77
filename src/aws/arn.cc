#include "aws/arn.h"

#include <algorithm>

namespace everseal::aws {
namespace {

constexpr std::size_t longest = 2048;
constexpr std::string_view prefix = "arn:";

bool is_control(char character) {
  const auto octet = static_cast<unsigned char>(character);
  return octet < 0x20 || octet == 0x7f;
}

}  // namespace

Arn::Arn(std::string text) : text_(std::move(text)) {}

Arn::Arn(std::string_view service, std::string_view region, std::string_view account,
         std::string_view resource)
    : text_("arn:aws:") {
  text_.append(service).append(1, ':').append(region).append(1, ':');
  text_.append(account).append(1, ':').append(resource);
}

Result<Arn> Arn::parse(std::string_view text) {
  if (!text.starts_with(prefix)) return Fault::malformed("an ARN begins with arn:");
  if (text.size() > longest) return Fault::malformed("the ARN is longer than 2048 characters");
  if (std::ranges::any_of(text, is_control)) {
    return Fault::malformed("the ARN holds a control character");
  }
  if (std::ranges::count(text, ':') < 5)
    return Fault::malformed("the ARN has fewer than six parts");
  Arn arn{std::string(text)};
  if (arn.partition().empty() || arn.service().empty() || arn.resource().empty()) {
    return Fault::malformed("partition, service and resource of an ARN are not empty");
  }
  return arn;
}

std::string_view Arn::part(std::size_t index) const {
  std::string_view rest = std::string_view(text_).substr(prefix.size());
  for (std::size_t skipped = 0; skipped < index; ++skipped) {
    rest.remove_prefix(rest.find(':') + 1);
  }
  return index < 4 ? rest.substr(0, rest.find(':')) : rest;
}

}  // namespace everseal::aws
