#pragma once

#include <string>
#include <string_view>

#include "aws/document.h"
#include "aws/protocol/facts.h"
#include "aws/protocol/shape.h"

// Writing XML 1.0.
namespace everseal::aws::protocol {

// A member of this name is no element but the attribute that says of which kind its structure is
// (S3's grantees).
inline constexpr std::string_view xml_type = "xsi:type";

// Text between tags or in an attribute: & < > " and carriage returns are escaped; what XML 1.0
// cannot hold (most control characters, octets that are not UTF-8) becomes U+FFFD.
std::string escape_xml(std::string_view text);

// <name>escaped text</name>
void add_element(std::string& xml, std::string_view name, std::string_view text);

// Documents as elements, by their shapes.
class XmlWriter {
 public:
  // By the service's names, and its way to write moments.
  explicit XmlWriter(const ServiceFacts& service) : service_(service) {}

  // The members of a structure that travel in the body, one element after the other.
  void add_members(std::string& xml, const Document& structure, const Shape& shape) const;
  // One value as an element of that name. An empty list is <name/>.
  void add(std::string& xml, std::string_view name, const Document& value, const Shape& shape,
           const XmlList& form) const;

 private:
  void add_list(std::string& xml, std::string_view name, const Document& list, const Shape& shape,
                const XmlList& form) const;
  void add_map(std::string& xml, const Document& map, const Shape& shape) const;
  void add_flattened(std::string& xml, const QueryName& name, const Document& value,
                     const Shape& shape) const;
  std::string text_of(const Document& leaf) const;

  const ServiceFacts& service_;
};

}  // namespace everseal::aws::protocol
