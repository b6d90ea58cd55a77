#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "aws/protocol/json.h"
#include "aws/protocol/query.h"
#include "aws/protocol/restxml.h"
#include "aws/protocol/xml_text.h"
#include "encoding/percent.h"

namespace everseal::aws::protocol {
namespace {

// UTF-8 of any code points but surrogates.
rc::Gen<std::string> any_text() {
  const auto code_point = rc::gen::oneOf(rc::gen::inRange(0, 0x80), rc::gen::inRange(0x80, 0xd800),
                                         rc::gen::inRange(0xe000, 0x110000));
  return rc::gen::map(rc::gen::container<std::vector<int>>(code_point), [](const auto& points) {
    std::string text;
    for (const int signed_point : points) {
      const auto point = static_cast<unsigned>(signed_point);
      const auto add = [&](unsigned octet) { text += static_cast<char>(octet); };
      if (point < 0x80) {
        add(point);
      } else if (point < 0x800) {
        add(0xc0 | point >> 6U), add(0x80 | (point & 63U));
      } else if (point < 0x10000) {
        add(0xe0 | point >> 12U), add(0x80 | (point >> 6U & 63U)), add(0x80 | (point & 63U));
      } else {
        add(0xf0 | point >> 18U), add(0x80 | (point >> 12U & 63U));
        add(0x80 | (point >> 6U & 63U)), add(0x80 | (point & 63U));
      }
    }
    return text;
  });
}

Document any_document(int depth) {
  const int kind = *rc::gen::inRange(0, depth > 0 ? 7 : 5);
  if (kind == 0) return Document();
  if (kind == 1) return Document(*rc::gen::arbitrary<bool>());
  if (kind == 2) return Document(*rc::gen::arbitrary<std::int64_t>());
  if (kind == 3)
    return Document(*rc::gen::suchThat<double>([](double d) { return std::isfinite(d); }));
  if (kind == 4) return Document(*any_text());
  const int size = *rc::gen::inRange(0, 5);
  Document::List list;
  Document::Members members;
  for (int i = 0; i < size; ++i) {
    list.push_back(any_document(depth - 1));
    members.emplace_back(*any_text(), any_document(depth - 1));
  }
  return kind == 5 ? Document(std::move(list)) : Document(std::move(members));
}

TEST(Json, is_read_back_as_it_was_printed) {
  rc::check([] {
    const auto document = any_document(4);
    const auto json = print_json(document);
    const auto again = parse_json(json);
    RC_ASSERT(again.has_value());
    RC_ASSERT(print_json(*again) == json);
  });
}

TEST(Json, keeps_every_number_as_it_is) {
  rc::check([](double number, std::int64_t integer) {
    RC_PRE(std::isfinite(number));
    Document::List list;
    list.emplace_back(number);
    list.emplace_back(integer);
    const auto again = *parse_json(print_json(Document(std::move(list))));
    const auto& elements = *again.as<Document::List>();
    const auto* found = elements[0].as<double>();
    const auto* whole = elements[0].as<std::int64_t>();
    RC_ASSERT((found != nullptr ? *found : static_cast<double>(*whole)) == number);
    RC_ASSERT(*elements[1].as<std::int64_t>() == integer);
  });
}

TEST(Json, survives_any_garbage) {
  rc::check([](const std::string& garbage) { static_cast<void>(parse_json(garbage)); });
  rc::check([] {
    auto json = print_json(any_document(3));
    const int changes = *rc::gen::inRange(1, 4);
    for (int i = 0; i < changes && !json.empty(); ++i) {
      json[*rc::gen::inRange<std::size_t>(0, json.size())] = *rc::gen::arbitrary<char>();
    }
    static_cast<void>(parse_json(json));
  });
}

TEST(Form, gives_every_text_back) {
  rc::check([] {
    const auto text = *any_text();
    const auto form = "Value=" + encoding::percent_encode(text);
    const auto document = parse_form(form);
    RC_ASSERT(document.has_value());
    RC_ASSERT(document->find("Value")->as<Document::Untyped>()->text == text);
    RC_ASSERT(form_value(form, "Value") == text);
  });
}

TEST(Form, orders_elements_by_their_numbers_whatever_their_order) {
  rc::check([](const std::map<std::uint16_t, std::uint16_t>& elements) {
    RC_PRE(!elements.empty());
    std::vector<std::string> parameters;
    for (const auto& [place, value] : elements) {
      parameters.push_back("List.member." + std::to_string(place) + "=" + std::to_string(value));
    }
    std::vector<std::string> shuffled;
    while (!parameters.empty()) {
      const auto at = *rc::gen::inRange<std::size_t>(0, parameters.size());
      shuffled.push_back(parameters[at]);
      parameters.erase(parameters.begin() + static_cast<std::ptrdiff_t>(at));
    }
    std::string form;
    for (const auto& parameter : shuffled) form += parameter + "&";
    const auto document = parse_form(form);
    RC_ASSERT(document.has_value());
    const auto& list = *document->find("List")->as<Document::List>();
    RC_ASSERT(list.size() == elements.size());
    std::size_t at = 0;
    for (const auto& [place, value] : elements) {
      RC_ASSERT(list[at++].as<Document::Untyped>()->text == std::to_string(value));
    }
  });
}

TEST(Form, survives_any_garbage) {
  rc::check([](const std::string& garbage) {
    static_cast<void>(parse_form(garbage));
    static_cast<void>(form_value(garbage, "Action"));
  });
  rc::check([] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "member", "entry", ".", "1", "2", "=", "&", "key", "value", "A", "%4", "+", "%00"));
    std::string form;
    for (const auto& piece : pieces) form += piece;
    static_cast<void>(parse_form(form));
  });
}

TEST(Xml, gives_every_text_back_that_xml_can_hold) {
  rc::check([] {
    auto text = *any_text();
    std::erase_if(text, [](char character) {
      return static_cast<unsigned char>(character) < 0x20 && character != '\n';
    });
    RC_PRE(text.find("\xef\xbf") == std::string::npos);
    RC_PRE(text.find_first_not_of(" \n") != std::string::npos || text.empty());
    std::string xml = "<Root>";
    add_element(xml, "Text", text);
    xml += "</Root>";
    const Shape leaf{.kind = Shape::Kind::Text};
    const std::array members{Member{"Text", &leaf, Presence::Optional, {}, {}, {}, {}, false}};
    const Shape shape{.kind = Shape::Kind::Structure, .members = members};
    const auto document = parse_xml(xml, shape);
    RC_ASSERT(document.has_value());
    RC_ASSERT(document->find("Text")->as<Document::Untyped>()->text == text);
  });
}

TEST(Xml, survives_any_garbage) {
  rc::check([](const std::string& garbage) {
    const Shape leaf{.kind = Shape::Kind::Text};
    static_cast<void>(parse_xml(garbage, leaf));
    static_cast<void>(parse_xml("<a>" + escape_xml(garbage) + "</a>", leaf));
  });
}

}  // namespace
}  // namespace everseal::aws::protocol
