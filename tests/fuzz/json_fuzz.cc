// JSON bodies from strangers: whatever the octets are, nothing breaks; a document that is printed
// is read back as the same, and so is a request that fits its model.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "any_request.h"
#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"

namespace {

using namespace everseal;
using namespace everseal::aws::protocol;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_request(const aws::Document& document) {
  const auto request = read<fuzz::AnyRequest>(document);
  if (!request) {
    require(!request.error().message.empty());
    return;
  }
  const std::string printed = print_json(print(*request));
  const auto again = read<fuzz::AnyRequest>(*parse_json(printed));
  require(again.has_value());
  require(print_json(print(*again)) == printed);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto document = parse_json(as_text(ByteView(data, size)));
  if (!document) return 0;
  const std::string printed = print_json(*document);
  const auto again = parse_json(printed);
  require(again.has_value());
  require(print_json(*again) == printed);
  check_request(*document);
  return 0;
}
