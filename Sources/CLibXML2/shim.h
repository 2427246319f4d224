// Debian's libxml2 is built with ICU, and its encoding.h would pull ICU's headers in; they declare the same enums as the ICU inside
// Foundation, which no module can import beside them. Nothing of ICU is used here.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
