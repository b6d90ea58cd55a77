// XML bodies from strangers: whatever the octets are, nothing breaks; a request that fits its model
// says the same when it is printed and read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "any_request.h"
#include "aws/protocol/print.h"
#include "aws/protocol/query.h"
#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"

namespace {

using namespace everseal;
using namespace everseal::aws::protocol;

const Shape& shape = shape_of<fuzz::AnyRequest>;

void require(bool holds) {
  if (!holds) std::abort();
}

std::size_t size_of(const aws::Document& document, std::string_view name) {
  const auto* member = document.find(name);
  const auto* list = member != nullptr ? member->as<aws::Document::List>() : nullptr;
  return list != nullptr ? list->size() : 0;
}

void check_again(const fuzz::AnyRequest& request) {
  const aws::ServiceFacts service{.name = "fuzz", .protocol = aws::Protocol::Query};
  const OperationFacts operation{.name = "Echo", .input = &shape, .output = &shape};
  const auto response = Query().print(print(request), service, operation, "1");
  constexpr std::string_view opening = "<EchoResult>", closing = "</EchoResult>";
  const std::string_view body = response.body;
  const auto begin = body.find(opening);
  const auto end = body.rfind(closing);
  require(begin != body.npos && end != body.npos);
  const auto again = parse_xml(body.substr(begin, end + closing.size() - begin), shape);
  require(again.has_value());
  require(size_of(*again, "Tags") == request.tags.size());
  require(size_of(*again, "Names") == request.names.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = as_text(ByteView(data, size));
  const auto document = parse_xml(text, shape);
  if (!document) return 0;
  const auto request = read<fuzz::AnyRequest>(*document, aws::Protocol::RestXml);
  if (request) {
    check_again(*request);
  } else {
    require(!request.error().message.empty());
  }
  return 0;
}
