// Nothing to call: see quiet.c.
#pragma once
