#include "aws/protocol/wire_form.h"

#include "aws/protocol/awsjson.h"
#include "aws/protocol/query.h"
#include "aws/protocol/restjson.h"
#include "aws/protocol/restxml.h"

namespace everseal::aws::protocol {

const WireForm& wire_form(Protocol protocol) {
  static const AwsJson json_1_0("application/x-amz-json-1.0");
  static const AwsJson json_1_1("application/x-amz-json-1.1");
  static const Query query;
  static const RestJson rest_json;
  static const RestXml rest_xml;
  switch (protocol) {
    case Protocol::AwsJson10:
      return json_1_0;
    case Protocol::Query:
      return query;
    case Protocol::RestJson:
      return rest_json;
    case Protocol::RestXml:
      return rest_xml;
    case Protocol::AwsJson11:
      break;
  }
  return json_1_1;
}

}  // namespace everseal::aws::protocol
